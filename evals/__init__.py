"""Questions with known answers, asked of the assistant and of a plain chain, and scored."""
