// What changed of the patients since somebody last looked: every workstation keeps its own directory up to date by it.
// Patient.changeNumber comes from the counter `PatientChange`, taken in the transaction of the change.
CREATE INDEX patient_change_number IF NOT EXISTS FOR (n:Patient) ON (n.changeNumber);
