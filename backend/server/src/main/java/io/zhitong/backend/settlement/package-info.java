/** Day close, signed settlement files, three-way match (清算与对账). */
@ApplicationModule(
        displayName = "settlement 清算",
        allowedDependencies = {"foundation", "audit", "identity", "estate", "ledger", "commerce", "web"})
@NullMarked
package io.zhitong.backend.settlement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
