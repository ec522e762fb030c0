"""The park: its picture, where the picture lies on the earth, and drawing on it to scale."""
