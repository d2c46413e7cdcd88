# A case is found by the number under which it was handed over.
{ jhh: .reference }
