"""What happens on race day: set-up and facts are folded into runs, and runs are ranked by the rules of a format."""
