// What are patients allergic to, and how badly?
// params: severity (mild, moderate, severe or all)
// returns: substance, severity, patients
// Edges have properties too: severity belongs to this patient and this substance together.
MATCH (patient:Patient)-[allergy:ALLERGIC_TO]->(substance:Substance)
// What was entered by mistake is voided, not deleted: it is left out here.
WHERE allergy.voidedAt IS NULL AND ($severity = 'all' OR allergy.severity = $severity)
RETURN substance.name AS substance, allergy.severity AS severity, count(DISTINCT patient) AS patients
ORDER BY patients DESC, substance, severity
