"""Words of the field as frozen values and pure rules. Standard library only; no sentences, no SQL, no Qt."""
