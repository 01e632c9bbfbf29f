"""The work on one goal: demand, tasks, mirrors in municipalities, talks, positions."""
