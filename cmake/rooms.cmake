# Warnings, sanitizers and hardening are properties that targets carry.
add_library(ceasewire_warnings INTERFACE)
add_library(ceasewire::warnings ALIAS ceasewire_warnings)
target_compile_options(ceasewire_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Wformat=2 $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> -Wundef -Woverloaded-virtual $<$<BOOL:${CEASEWIRE_WERROR}>:-Werror>)

add_library(ceasewire_hardening INTERFACE)
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(ceasewire_hardening INTERFACE -Wno-subobject-linkage) # files compiled together look like headers
endif()
if(CEASEWIRE_SANITIZE)
  target_compile_options(ceasewire_hardening INTERFACE -fsanitize=${CEASEWIRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ceasewire_hardening INTERFACE -fsanitize=${CEASEWIRE_SANITIZE})
  if(CEASEWIRE_SANITIZE MATCHES thread)
    # In every program, so that ThreadSanitizer understands the Kafka client's threads; the file says how.
    add_library(ceasewire_c11_threads OBJECT ${CMAKE_CURRENT_LIST_DIR}/c11_threads.cpp)
    target_link_libraries(ceasewire_c11_threads PRIVATE ceasewire::warnings)
    target_compile_options(ceasewire_c11_threads PRIVATE -fno-omit-frame-pointer)
    target_link_libraries(ceasewire_hardening INTERFACE $<TARGET_OBJECTS:ceasewire_c11_threads>)
  endif()
else()
  target_compile_options(ceasewire_hardening INTERFACE -fstack-protector-strong $<$<CONFIG:Release>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
  target_link_options(ceasewire_hardening INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# The sanitizer presets compile a room's files together (CMAKE_UNITY_BUILD), which takes a third of the time. Where two files give
# different things one name, put the room or test on its own feet: ceasewire_apart(NAME).
function(ceasewire_apart target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
endfunction()

# ceasewire_room(NAME SOURCES ... ROOMS ... LIBRARIES ...): one room of src/ as a static library `ceasewire_NAME`.
# ROOMS are the rooms above it that it includes (PUBLIC); LIBRARIES are outside libraries, PRIVATE to the room.
function(ceasewire_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(ceasewire_${name} STATIC ${ROOM_SOURCES})
    target_include_directories(ceasewire_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    foreach(room ${ROOM_ROOMS})
      target_link_libraries(ceasewire_${name} PUBLIC ceasewire_${room})
    endforeach()
    target_link_libraries(ceasewire_${name} PRIVATE ceasewire::warnings ${ROOM_LIBRARIES} PUBLIC ceasewire_hardening)
  else()
    add_library(ceasewire_${name} INTERFACE)
    target_include_directories(ceasewire_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    foreach(room ${ROOM_ROOMS})
      target_link_libraries(ceasewire_${name} INTERFACE ceasewire_${room})
    endforeach()
  endif()
  add_library(ceasewire::${name} ALIAS ceasewire_${name})
endfunction()

# ceasewire_test(NAME SOURCES ... ROOMS ... LIBRARIES ... LABELS ...): one GoogleTest program, in four parts and case by case;
# with WHOLE it is one ctest case, for programs whose cases share something costly such as a broker; those of one LOCK run in turn.
include(GoogleTest)
include(${CMAKE_CURRENT_LIST_DIR}/python_test.cmake)
function(ceasewire_test name)
  cmake_parse_arguments(TEST "WHOLE" "TIMEOUT;LOCK" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/tests)
  foreach(room ${TEST_ROOMS})
    target_link_libraries(${name} PRIVATE ceasewire_${room})
  endforeach()
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gmock GTest::gtest_main ceasewire_hardening)
  target_compile_options(${name} PRIVATE -Wall -Wextra $<$<BOOL:${CEASEWIRE_WERROR}>:-Werror>)
  target_compile_definitions(${name} PRIVATE CEASEWIRE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  if(TEST_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}" RESOURCE_LOCK "${TEST_LOCK}")
    return()
  endif()
  # Four processes a program for a whole run, since starting and loading the lexicon takes longer than most cases; and each case by itself
  # (label "case"), to be asked for by name. How time grows with the text is no question for a sanitizer.
  foreach(shard RANGE 3)
    add_test(NAME ${name}.${shard} COMMAND ${name})
    set_tests_properties(${name}.${shard} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}" ENVIRONMENT "GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${shard}")
    if(CEASEWIRE_SANITIZE)
      set_tests_properties(${name}.${shard} PROPERTIES TIMEOUT 900
        ENVIRONMENT "GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${shard};GTEST_FILTER=-*Linear*")
    endif()
  endforeach()
  if(NOT CEASEWIRE_SANITIZE)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS case)
  endif()
endfunction()
