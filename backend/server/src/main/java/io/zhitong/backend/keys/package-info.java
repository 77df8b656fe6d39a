/** What people see of the keys and do to them in the console: tree, rotation, blast radius, custody (密钥管理). */
@ApplicationModule(
        displayName = "keys 密钥",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "vault"})
@NullMarked
package io.zhitong.backend.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
