// Until this transaction ends nobody else links, voids or purges the file; answers where it stands.
// params: fileId
// returns: id, blobId, voidedAt, voidedBy, voidReason, purgedAt
// writes
MATCH (f:MedicalFile {id: $fileId})
SET f.filesize = f.filesize
RETURN f.id AS id, f.blobId AS blobId, f.voidedAt AS voidedAt, f.voidedBy AS voidedBy, f.voidReason AS voidReason, f.purgedAt AS purgedAt
