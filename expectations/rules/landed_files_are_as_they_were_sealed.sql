-- Of every input, and of all that was sealed for the edition: the receipt is the one that was sealed, the bytes are
-- those received, and the rows have the digest that receipt and seal name. An export of submissions has no rows.
select
    sealed.kind,
    sealed.digest,
    sealed.file,
    'receipt ' || case
        when receipt_files.sha256 is null then 'gone'
        when receipt_files.sha256 = sealed.receipt_digest then 'as sealed'
        else 'changed'
    end
    || ', bytes ' || case
        when files.sha256 is null then 'gone'
        when files.sha256 = sealed.digest then 'as received'
        else 'changed'
    end
    || ', rows ' || case
        when coalesce(sealed.parts, 0) > 0 then 'as sealed'
        when row_digests.rows_digest is null then 'gone or damaged'
        when row_digests.rows_digest != coalesce(sealed.rows_digest, row_digests.rows_digest) then 'changed'
        when row_digests.rows_digest != coalesce(receipts.rows_digest, row_digests.rows_digest) then 'changed'
        else 'as sealed'
    end as found,
    'receipt as sealed, bytes as received, rows as sealed' as expected
from landing.sealed as sealed
left join landing.receipt_files as receipt_files using (digest)
left join landing.receipts as receipts using (digest)
left join landing.files as files on sealed.kind = files.kind and sealed.digest = files.digest
left join landing.row_digests as row_digests on sealed.kind = row_digests.kind and sealed.digest = row_digests.digest
where
    sealed.is_needed
    and found is distinct from expected
