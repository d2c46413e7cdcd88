# Lines are found by what was asked.
{ pz: .answers.kind }
