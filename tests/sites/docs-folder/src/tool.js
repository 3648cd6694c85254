console.log("none of the handbook");
