package io.zhitong.backend;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

final class ModulesTest {
    @Test
    void every_module_uses_only_the_modules_its_package_info_names() {
        ApplicationModules.of(Zhitong.class).verify();
    }
}
