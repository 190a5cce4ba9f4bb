// A package of its own, because the tests of what this kit is built on need it too.
export { createTestDatabase, testPassword, type TestDatabase } from "@minka/test-database/test-database";
