"""How a template is read, checked and compiled before it is filled."""
