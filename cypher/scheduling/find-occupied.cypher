// Which of these five-minute cells are occupied.
// params: keys
// returns: key
UNWIND $keys AS key
MATCH (s:Slot {key: key})
RETURN s.key AS key
