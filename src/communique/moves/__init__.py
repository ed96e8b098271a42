"""What step in which affair a sentence tells: sanctions imposed, an agreement left, talks refused, a vote cast."""
