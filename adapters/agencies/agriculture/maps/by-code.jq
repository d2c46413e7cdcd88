# Lines are found by what was asked.
{ zsm: .answers.code }
