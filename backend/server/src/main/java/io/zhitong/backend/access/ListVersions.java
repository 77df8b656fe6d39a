package io.zhitong.backend.access;

import io.zhitong.backend.devices.PolicyVersions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says which policy version the lists of devices are made from (名单所据策略版本). */
@Configuration(proxyBeanMethods = false)
class ListVersions {
    @Bean
    static PolicyVersions policyVersions(PolicyBook book) {
        return book::newest;
    }
}
