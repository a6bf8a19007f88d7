// A completed visit has been amended.
// params: encounterId
// returns: id
// writes
MATCH (e:Encounter {id: $encounterId})
SET e.status = 'amended', e.version = e.version + 1
RETURN e.id AS id
