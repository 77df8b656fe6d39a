package io.zhitong.backend.testing;

import io.zhitong.backend.foundation.DatabaseKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

final class BothDatabasesExtension implements ClassTemplateInvocationContextProvider {
    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(DatabaseKind.values()).map(OnOne::new);
    }

    private record OnOne(DatabaseKind kind) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Databases(kind));
        }
    }

    private record Databases(DatabaseKind kind) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == TestDatabase.class || type == RunningBackend.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestDatabase.class
                    ? closedAfterwards(TestDatabase.fresh(kind), context)
                    : RunningBackend.of(kind);
        }

        private static TestDatabase closedAfterwards(TestDatabase database, ExtensionContext context) {
            context.getStore(ExtensionContext.Namespace.create(BothDatabasesExtension.class))
                    .put(database.application(), database);
            return database;
        }
    }
}
