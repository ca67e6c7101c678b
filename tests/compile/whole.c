/* Declarations, implementation, declarations again: all of surreal.h. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "surreal.h"

#include <stdio.h>
