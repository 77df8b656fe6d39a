-- Headers have another layout: every list is compiled and signed anew at the next start.
delete from signed_list;
delete from list_content;
