/** What an examiner of commercial cryptography is handed: one document of the vault's live state, as HTML and JSON. */
@NullMarked
package io.zhitong.keyvault.evidence;

import org.jspecify.annotations.NullMarked;
