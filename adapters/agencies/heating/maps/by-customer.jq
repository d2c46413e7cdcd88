# Lines are found by what was asked.
{ rhbh: .answers.customer }
