package io.zhitong.backend.foundation;

import io.zhitong.backend.foundation.database.Databases;
import io.zhitong.backend.foundation.database.OpenDatabase;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ZhitongSettings.class)
class FoundationConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(destroyMethod = "close")
    OpenDatabase openDatabase(ZhitongSettings settings) {
        return Databases.open(settings);
    }

    @Bean
    DatabaseKind databaseKind(OpenDatabase database) {
        return database.kind();
    }

    // The pool belongs to OpenDatabase, which closes it before it stops an embedded server.
    @Bean(destroyMethod = "")
    DataSource dataSource(OpenDatabase database) {
        return database.dataSource();
    }
}
