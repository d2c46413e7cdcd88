# Lines are found by what was asked.
{ lb: .answers.kind }
