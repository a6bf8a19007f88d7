// Appointments and what they occupy.
// (Doctor)-[:HAS_APPOINTMENT]->(Appointment {id, status, startsAt, endsAt, day, code, key, reason?, bookedAt, bookedBy,
//   arrivedAt?, overlap, overrideReason?, cancelledAt?, cancelledBy?, cancelReason?, movedTo?, version})<-[:HAS_APPOINTMENT]-(Patient)
CREATE CONSTRAINT appointment_id IF NOT EXISTS FOR (n:Appointment) REQUIRE n.id IS UNIQUE;
// The client-made key of the booking command (with the user's id before it): a retry finds the first booking.
CREATE CONSTRAINT appointment_key IF NOT EXISTS FOR (n:Appointment) REQUIRE n.key IS UNIQUE;
// (Appointment)-[:OCCUPIES]->(Slot {key}): one a five-minute cell for the doctor (`D000001|2026-11-22T07:30:00.000Z`) and one for the patient (`P000001|…`).
CREATE CONSTRAINT slot_key IF NOT EXISTS FOR (n:Slot) REQUIRE n.key IS UNIQUE;
// The clinic day `YYYY-MM-DD` of the appointment, for day lists and kiosk codes.
CREATE INDEX appointment_day IF NOT EXISTS FOR (n:Appointment) ON (n.day);
// (Doctor)-[:WORKS]->(WorkingHours {weekday, startsAt, endsAt})   (Doctor)-[:OPENED]->(ExtraHours {day, startsAt, endsAt})
