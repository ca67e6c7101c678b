// All of surreal.h as C++.
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "surreal.h"
