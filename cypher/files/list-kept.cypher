// Which of these uploads have become files whose bytes are still to be kept.
// params: keys (ids of uploads)
// returns: key
UNWIND $keys AS wanted
MATCH (f:MedicalFile {key: wanted})
WHERE f.purgedAt IS NULL
RETURN f.key AS key
