/** The register of key cards, shares and SAMs. */
@NullMarked
package io.zhitong.keyvault.custody;

import org.jspecify.annotations.NullMarked;
