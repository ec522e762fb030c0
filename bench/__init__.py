"""What Waypost costs, measured: `make bench`. Each figure stands beside its limit, measured in the same run."""
