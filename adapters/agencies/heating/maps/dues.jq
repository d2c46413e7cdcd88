# Bills are found by their number.
{ rhbh: .answers.customer }
