// Appointments and what they occupy.
// (Doctor)-[:HAS_APPOINTMENT]->(Appointment {id, status, startsAt, endsAt, day, code, codeKey, key, reason?, bookedAt, bookedBy,
//   arrivedAt?, overlap, overrideReason?, cancelledAt?, cancelledBy?, cancelReason?, movedTo?, movedFrom?, version})<-[:HAS_APPOINTMENT]-(Patient)
CREATE CONSTRAINT appointment_id IF NOT EXISTS FOR (n:Appointment) REQUIRE n.id IS UNIQUE;
CREATE INDEX appointment_id_lookup IF NOT EXISTS FOR (n:Appointment) ON (n.id);
// The client-made key of the booking command (with the user's id before it): a retry finds the first booking.
CREATE CONSTRAINT appointment_key IF NOT EXISTS FOR (n:Appointment) REQUIRE n.key IS UNIQUE;
CREATE INDEX appointment_key_lookup IF NOT EXISTS FOR (n:Appointment) ON (n.key);
// `day|code`: the check-in code is one appointment's on its day.
CREATE CONSTRAINT appointment_code IF NOT EXISTS FOR (n:Appointment) REQUIRE n.codeKey IS UNIQUE;
CREATE INDEX appointment_code_lookup IF NOT EXISTS FOR (n:Appointment) ON (n.codeKey);
// (Appointment)-[:OCCUPIES]->(Slot {key}): one a five-minute cell for the doctor (`D000001|2026-11-22T07:30:00.000Z`) and one for the patient (`P000001|…`).
CREATE CONSTRAINT slot_key IF NOT EXISTS FOR (n:Slot) REQUIRE n.key IS UNIQUE;
CREATE INDEX slot_key_lookup IF NOT EXISTS FOR (n:Slot) ON (n.key);
// The clinic day `YYYY-MM-DD` of the appointment, for day lists and kiosk codes.
CREATE INDEX appointment_day IF NOT EXISTS FOR (n:Appointment) ON (n.day);
// (Doctor)-[:WORKS]->(WorkingHours {weekday, startsAt, endsAt})   (Doctor)-[:OPENED]->(ExtraHours {day, startsAt, endsAt})
