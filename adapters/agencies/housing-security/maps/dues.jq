# Bills are found by their number.
{ htbh: .answers.contract }
