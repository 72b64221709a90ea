/*
 * The list of Wine's test units that tools/wine-tests builds
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include <stdio.h>
#include <windows.h>
#define STANDALONE
#include "wine/test.h"

extern void func_afd(void);
extern void func_protocol(void);
extern void func_sock(void);

const struct test winetest_testlist[] =
{
    {"afd", func_afd},
    {"protocol", func_protocol},
    {"sock", func_sock},
    {0, 0}
};
