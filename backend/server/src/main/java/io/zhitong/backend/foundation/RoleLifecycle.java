package io.zhitong.backend.foundation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** Starts and stops only what this process's roles run ({@link RunsIn}). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LifecycleProperties.class)
class RoleLifecycle {
    @Bean
    static DefaultLifecycleProcessor lifecycleProcessor(ZhitongSettings settings, LifecycleProperties properties) {
        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor() {
            @Override
            protected Map<String, Lifecycle> getLifecycleBeans() {
                Map<String, Lifecycle> beans = new HashMap<>(super.getLifecycleBeans());
                beans.values().removeIf(bean -> !runs(settings, bean));
                return beans;
            }
        };
        processor.setTimeoutPerShutdownPhase(
                properties.getTimeoutPerShutdownPhase().toMillis());
        return processor;
    }

    static boolean runs(ZhitongSettings settings, Object part) {
        return Optional.ofNullable(AopUtils.getTargetClass(part).getAnnotation(RunsIn.class))
                .map(RunsIn::value)
                .map(settings::runs)
                .orElse(true);
    }
}
