/** Which card and terminal holds which version of which key, how far a rotation is, what falls if something is lost (密钥分布). */
@ApplicationModule(
        displayName = "keys 密钥分布",
        allowedDependencies = {"foundation", "identity", "web", "estate", "vault"})
@NullMarked
package io.zhitong.backend.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
