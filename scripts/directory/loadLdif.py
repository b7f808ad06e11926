# Loads entries into a domain controller's database while it is not running: smb.conf, sam.ldb, LDIF.
import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

# Larger transactions take longer for each entry.
AT_ONCE = 500

settings = LoadParm()
settings.load(sys.argv[1])
domain = SamDB(url=sys.argv[2], session_info=system_session(), lp=settings)
with open(sys.argv[3], encoding="utf-8") as file:
    records = [record for record in file.read().split("\n\n") if record.strip()]
for start in range(0, len(records), AT_ONCE):
    domain.transaction_start()
    for record in records[start : start + AT_ONCE]:
        load = domain.modify_ldif if "\nchangetype: modify" in record else domain.add_ldif
        load(record + "\n\n")
    domain.transaction_commit()
