// Search suggestions.
