// Voids an allergy that was recorded in error: it stays, with who, when and why.
// params: patientId, allergyId, at, by, reason
// returns: id
// writes
MATCH (p:Patient {id: $patientId})-[a:ALLERGIC_TO {id: $allergyId}]->(s:Substance)
SET a.voidedAt = $at, a.voidedBy = $by, a.voidReason = $reason
RETURN a.id AS id
