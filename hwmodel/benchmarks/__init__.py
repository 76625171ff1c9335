"""What `hwmodel.benchmark` measures: speed and memory, each beside a bound taken in the same run."""
