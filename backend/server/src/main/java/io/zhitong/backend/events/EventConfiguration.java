package io.zhitong.backend.events;

import io.zhitong.backend.foundation.DatabaseKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;

@Configuration(proxyBeanMethods = false)
class EventConfiguration {
    @Bean
    EventWriter eventWriter(DatabaseKind kind, JdbcOperations jdbc) {
        return writer(kind, jdbc);
    }

    static EventWriter writer(DatabaseKind kind, JdbcOperations jdbc) {
        return kind == DatabaseKind.PG ? new CopyWriter(jdbc) : new InsertWriter(jdbc);
    }
}
