# ceasewire_python_test(NAME SCRIPT ARGUMENTS...): a test in Python, by Debian's own interpreter, for which the modules are installed.
function(ceasewire_python_test name)
  add_test(NAME ${name} COMMAND /usr/bin/python3 -B ${ARGN})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  if(CEASEWIRE_SANITIZE)
    set_tests_properties(${name} PROPERTIES TIMEOUT 900 ENVIRONMENT CEASEWIRE_TEST_SANITIZED=1)
  endif()
endfunction()
