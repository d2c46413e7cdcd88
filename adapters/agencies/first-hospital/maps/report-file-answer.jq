# A report as a file.
{ name: .FileName, media_type: .FileType, sha256: .Digest, content: .FileData }
