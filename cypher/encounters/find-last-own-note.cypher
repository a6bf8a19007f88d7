// The newest note of one author in a visit, told by the start of the command keys that are theirs.
// params: encounterId, keyStart
// returns: complaint, examination, plan, writtenAt, id
MATCH (e:Encounter {id: $encounterId})-[:HAS_NOTE]->(n:Note)
WHERE n.key STARTS WITH $keyStart
RETURN n.complaint AS complaint, n.examination AS examination, n.plan AS plan, n.writtenAt AS writtenAt, n.id AS id
ORDER BY writtenAt DESC, id DESC
LIMIT 1
