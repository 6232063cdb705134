"""How fast the product is: measured beside a bare baseline, on a generated city, in one run."""
