// Who is allergic to what, as a picture, at one severity?
// params: severity
// returns: p, allergy, s
MATCH (p:Patient)-[allergy:ALLERGIC_TO]->(s:Substance)
WHERE allergy.severity = $severity AND allergy.voidedAt IS NULL
RETURN p, allergy, s
LIMIT 100
