"""Text: a document as loaded flows in; cleaned, in sections and in the chunks to index, it flows out."""
